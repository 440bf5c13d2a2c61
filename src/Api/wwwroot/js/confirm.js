import { el } from './dom.js';

const title = el('h3', { id: 'confirm-title' });
const text = el('p', { id: 'confirm-text' });
const no = el('button', { value: 'no', autofocus: true });
const yes = el('button', { value: 'yes', class: 'danger' });
const dialog = el('dialog', { class: 'confirm', 'aria-labelledby': title.id, 'aria-describedby': text.id },
  el('form', { method: 'dialog' }, title, text, el('div', { class: 'buttons' }, no, yes)));
document.body.append(dialog);

/** Asks a question in a modal dialog. Escape means no. The browser returns the focus when the dialog closes. */
export function confirmed(question) {
  title.textContent = question.title;
  text.textContent = question.text;
  no.textContent = question.no;
  yes.textContent = question.yes;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}
