import { which } from './api.js';
import { element } from './dom.js';

const form = document.getElementById('which');
const answer = document.getElementById('which-answer');

/** The form that asks which server an address would get. */
export function listen() {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const address = form.elements.address.value.trim();
    try {
      answer.replaceChildren(...shown(await which(address)));
      form.elements.address.removeAttribute('aria-invalid');
    } catch (problem) {
      answer.replaceChildren(element('p', { class: 'wrong' }, problem.message));
      form.elements.address.setAttribute('aria-invalid', 'true');
    }
  });
}

function shown(placement) {
  const parts = [element('p', {}, element('code', {}, placement.address), placement.server ? ' gets ' : ' gets no server.',
    ...placement.server ? [element('strong', { class: 'mono' }, placement.server)] : [])];
  if (placement.note) {
    parts.push(element('p', { class: 'wrong' }, placement.note));
  }
  if (placement.steps.length > 0) {
    parts.push(element('p', {}, `Hashed is ${placement.hashed}. The hash points at a place on the weights of the servers, laid `
      + 'end to end; where it points at one that may not be chosen, it is hashed again.'));
    parts.push(element('ol', {}, ...placement.steps.map(step => element('li', { 'data-taken': step.taken },
      `place ${step.point + 1} of ${step.of}: `, element('span', { class: 'mono' }, step.server),
      step.taken ? ', chosen' : `, passed over: ${step.reason}`))));
  }
  if (placement.problems.length > 0) {
    parts.push(element('ul', { class: 'reasons' }, ...placement.problems.map((problem) => element('li', {}, problem))));
  }
  return parts;
}
