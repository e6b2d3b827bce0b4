// The days of a year are one stop of the Tab key; arrows move among them, Home and End to the ends of the year.
import { all, one } from './dom.js';

const sheet = one('.cal');
if (sheet) {
  const days = all('.mon td a', sheet);
  const first = one('[aria-current=date]', sheet) ?? one('.tdy a', sheet) ?? days[0];
  const stopAt = day => days.forEach(other => { other.tabIndex = other === day ? 0 : -1; });
  stopAt(first);

  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  sheet.addEventListener('keydown', event => {
    const at = days.indexOf(event.target.closest('a'));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? days.length - 1 : at + steps[event.key];
    if (!days[to]) return;
    event.preventDefault();
    stopAt(days[to]);
    days[to].focus();
  });
}
