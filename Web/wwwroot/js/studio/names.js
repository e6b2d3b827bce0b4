// Gives what Studio shows without words its name, for those who listen: buttons that are an icon only, boxes before rows, the bar of
// progress; and makes what scrolls reachable by keys. The names are English here; the dictionary says them in Chinese.

/** What a button does, by the start of its icon's path. */
const icons = Object.entries({
  'M7 10l5 5 5-5z': 'More actions',
  'M12 8c1.1': 'Actions',
  'M6,16h12V8H6V16z': 'Zoom to fit',
  'M5 15H3v4c0': 'Center',
  'M3,5v14c0,1.1': 'Auto layout',
  'M17 3H5c-1.11': 'Save',
  'M19.35 10.04': 'Publish',
  'M8 5v14l11-7z': 'Run',
  'M15.41 7.41': 'Previous tabs',
  'M10 6L8.59': 'More tabs',
  'M16 1H4c-1.1': 'Copy',
  'M3,10h11v2H3V10z': 'Edit',
  'M19 6.41': 'Close',
  'M6 19c0 1.1': 'Delete',
  'M3 17.25V21h3.75': 'Edit',
  'M3 6h18v2H3': 'Menu',
  'M19 13h-6v6h-2': 'Add',
  'M15,1H9v2h6V1z': 'Durations',
  'M15.07 1.01': 'Durations',
});

const nameless = 'button, [role=button]';
const boxes = '.mud-table input[type=checkbox]';

export function nameControls(root) {
  const within = part => {
    if (root.contains(part)) {
      each(part, nameless, nameButton);
      each(part, boxes, nameBox);
      each(part, '.mud-input-control input:not([type=checkbox], [type=hidden])', nameInput);

      // a chip that holds its button of removal is no button itself: nothing happens when it is pressed
      each(part, 'button.mud-chip:has(button)', nameChip);
    } else if (part.closest('.mud-popover-provider, .mud-dialog')) {
      each(part, 'button', nameButton);
    }
    each(part, '[role=progressbar]', bar => bar.hasAttribute('aria-label') || bar.setAttribute('aria-label', 'Progress'));
  };
  const reach = () => {
    waiting = false;
    root.querySelectorAll('div[style*="overflow-y: auto"], .mud-table-container').forEach(reachable);
  };
  let waiting = false;

  // names at once, so that nothing is ever drawn without one; what scrolls once it is laid out
  new MutationObserver(changes => {
    const parts = new Set();
    for (const { target, addedNodes } of changes) {
      if (addedNodes.length === 0) continue;
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) parts.add(node);
      const around = target.closest?.('button, tr');
      if (around) parts.add(around);
    }
    parts.forEach(part => part.isConnected && within(part));
    if (!waiting) requestAnimationFrame(reach);
    waiting = true;
  }).observe(document.body, { subtree: true, childList: true });
}

/** Does it to the part itself where it is meant, and to all in it that are. */
function each(part, meant, does) {
  if (part.matches(meant)) does(part);
  part.querySelectorAll(meant).forEach(does);
}

function nameButton(button) {
  if (button.hasAttribute('aria-label') || button.hasAttribute('title') || button.textContent.trim()) return;
  if (button.hasAttribute('label')) {
    button.setAttribute('aria-label', button.getAttribute('label'));
    return;
  }
  const shape = button.querySelector('path:not([fill=none])')?.getAttribute('d') ?? '';
  const name = icons.find(([start]) => shape.startsWith(start))?.[1];
  if (!name) return;
  const of = button.closest('tr')?.querySelector('td[data-label=Name], td:nth-child(3)')?.textContent.trim() || button.closest('tr')?.cells?.[0]?.textContent.trim();
  button.setAttribute('aria-label', of ? `${name}: ${of}` : name);
}

function nameChip(chip) {
  chip.setAttribute('role', 'group');
  if (!chip.hasAttribute('aria-label')) chip.setAttribute('aria-label', chip.textContent.trim() || 'Value');
}

function nameBox(box) {
  if (box.hasAttribute('aria-label')) return;
  const row = box.closest('tr');
  const of = row?.closest('tbody') ? row.querySelector('td[data-label=Name], td[data-label=ID], td:nth-child(2)')?.textContent.trim() : '';
  box.setAttribute('aria-label', of ? `Select: ${of}` : 'Select all');
}

function nameInput(input) {
  if (input.type === 'hidden' || input.labels?.length || input.hasAttribute('aria-label')) return;
  const name = input.closest('.mud-input-control').querySelector('label, legend')?.textContent.trim();
  if (name) input.setAttribute('aria-label', name);
}

function reachable(part) {
  if (part.hasAttribute('tabindex') || (part.scrollHeight <= part.clientHeight && part.scrollWidth <= part.clientWidth)) return;
  part.tabIndex = 0;
}
