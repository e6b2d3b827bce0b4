import { all, one, onContent } from './dom.js';

const encoder = new TextEncoder();

function zeros(bytes) {
  const head = new DataView(bytes).getUint32(0);
  return Math.clz32(head);
}

// What the server asks for before it takes more from one address. Without script, or without crypto, one waits instead.
async function prove(box) {
  if (!window.crypto?.subtle) return;
  const says = one('[data-proof-says]', box);
  says.textContent = says.dataset.working;
  const { proofOf, bits } = box.dataset;
  for (let number = 0; ; number++) {
    const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${proofOf}:${number}`));
    if (zeros(hash) >= Number(bits)) {
      one('input[name=proof]', box).value = number;
      says.textContent = says.dataset.ready;
      return;
    }
  }
}

onContent(content => {
  all('[data-proof-of]', content).forEach(prove);
  all('[data-with-script]', content).forEach(part => { part.hidden = false; });
});

document.addEventListener('click', async event => {
  if (event.target.closest('[data-print]')) window.print();

  const copy = event.target.closest('[data-copy]');
  if (!copy) return;
  const source = one(copy.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    one('span', copy).textContent = copy.dataset.copied;
  } catch {
    getSelection().selectAllChildren(source);
  }
});
