import { all, onContent } from './dom.js';

onContent(content => all('[data-print]', content).forEach(button => {
  button.hidden = false;
  button.onclick = () => window.print();
}));
