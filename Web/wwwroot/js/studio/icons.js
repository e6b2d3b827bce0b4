// Says of each activity on the canvas and in the picker which type it is, so that our sheet can draw its icon: Studio knows
// the icons of Elsa's own types only. The step a link of our pages leads to (#step-<id>) is framed.

const canvas = 'elsa-activity-wrapper[activity-json]';
const picker = '.mud-expand-panel [draggable="true"]';

/** Type by the name shown in the picker, as our server described them last. */
const types = new Map();

export function describe(activities) {
  for (const { typeName, displayName } of activities) types.set(displayName, typeName);
  document.querySelectorAll(picker).forEach(markInPicker);
}

export function markActivities() {
  new MutationObserver(changes => {
    for (const { target, addedNodes } of changes) {
      if (target.matches?.(canvas)) markOnCanvas(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        for (const one of [node, ...node.querySelectorAll(canvas)]) if (one.matches(canvas)) markOnCanvas(one);
        for (const one of [node, ...node.querySelectorAll(picker)]) if (one.matches(picker)) markInPicker(one);
      }
    }
  }).observe(document.getElementById('studio'), { subtree: true, childList: true, attributes: true, attributeFilter: ['activity-json'] });
}

function markOnCanvas(element) {
  try {
    const { id, type } = JSON.parse(element.getAttribute('activity-json'));
    element.dataset.activity = type;
    element.toggleAttribute('data-wanted', location.hash === `#step-${encodeURIComponent(id)}`);
  } catch {
    delete element.dataset.activity;
  }
}

function markInPicker(element) {
  const type = types.get(element.textContent.trim());
  if (type) element.dataset.activity = type;
}
