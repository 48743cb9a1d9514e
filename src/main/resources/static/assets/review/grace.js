import { el } from './dom.js';

const SECONDS = 10;
const SECOND = 1000;

/**
 * Ten seconds in which what was decided can be taken back, because it is not sent before. Answers
 * `{sent, leaving}`; whoever leaves the page has decided, and it is sent then.
 */
export function grace(place) {
  return new Promise((resolve) => {
    let left = SECONDS;
    const words = el('span', {});
    const end = (answer) => {
      clearInterval(timer);
      removeEventListener('pagehide', leave);
      place.replaceChildren();
      resolve(answer);
    };
    const leave = () => end({ sent: true, leaving: true });
    const undo = el('button', { type: 'button', class: 'undo', onclick: () => end({ sent: false, leaving: false }) }, 'Undo');
    const now = el('button', { type: 'button', onclick: () => end({ sent: true, leaving: false }) }, 'Send now');
    const tell = () => {
      words.textContent = `Not sent yet: it is sent in ${left} seconds. `;
    };
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) end({ sent: true, leaving: false });
      else tell();
    }, SECOND);
    addEventListener('pagehide', leave);
    tell();
    place.replaceChildren(words, undo, ' ', now);
    scrollTo({ top: 0 });
    undo.focus();
  });
}
