// Diagrams: on a phone the steps are read as a list; on a desk the step one came for, or where the case is, is brought into view.
const phone = window.matchMedia('(max-width: 767px)');

function show(root) {
  for (const box of root.querySelectorAll('.dia-box')) {
    const list = box.querySelector('[data-dia-list]');
    if (phone.matches && list) {
      list.open = true;
      box.dataset.asList = '';
      continue;
    }

    const scroll = box.querySelector('.dia-scroll');
    const step = box.querySelector('.dia .here') ?? box.querySelector('.dia .fail') ?? box.querySelector('.dia .now') ?? box.querySelector('.dia :is(.add, .chg, .del, .must) rect');
    if (scroll && step && scroll.scrollWidth > scroll.clientWidth) {
      const at = step.getBoundingClientRect();
      const frame = scroll.getBoundingClientRect();
      scroll.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
    }
  }
}

show(document);

// the strip of steps begins where the case is
const now = document.querySelector('.strip [aria-current=step]');
if (now) {
  const strip = now.parentElement;
  strip.scrollLeft += now.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 3;
}

// a diagram folded away has no size until it is opened
document.addEventListener('toggle', (event) => {
  if (event.target instanceof HTMLDetailsElement && event.target.open && event.target.matches('.dia-d')) {
    show(event.target);
  }
}, true);
