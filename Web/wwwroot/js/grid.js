import { all } from './dom.js';

// Arrows move among the cells of a decision table: up and down always, left and right at the ends of what is typed.
// In a list left and right move, and up and down choose, as everywhere; Alt with an arrow down opens the values of a cell.
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const isCell = element => element.matches('td > input, td > select');

/** The cells as they stand: a list of rows, each from left to right. */
const rowsOf = table => all('tr', table).map(row => all('td', row).flatMap(cell => all(':scope > input, :scope > select', cell))).filter(row => row.length > 0);

const atEnd = (cell, step) => cell.matches('select') || cell.type === 'checkbox'
  || (cell.selectionStart === cell.selectionEnd && cell.selectionStart === (step < 0 ? 0 : cell.value.length));

document.addEventListener('keydown', event => {
  const step = steps[event.key];
  const table = event.target.closest?.('[data-grid]');
  if (!step || !table || !isCell(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const [down, across] = step;
  if (down !== 0 ? event.target.matches('select') : !atEnd(event.target, across)) return;

  const rows = rowsOf(table);
  const y = rows.findIndex(row => row.includes(event.target));
  const x = rows[y].indexOf(event.target);
  const row = rows[y + down];
  const next = down !== 0 ? row?.[Math.min(x, row.length - 1)] : row[x + across];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select?.();
});
