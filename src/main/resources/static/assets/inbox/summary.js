import { el, newId } from '../review/dom.js';
import { badges } from '../review/headline.js';
import { load } from '../review/load.js';
import { ParametersPanel } from '../review/parameters.js';
import { send } from '../review/send.js';
import { reasonField } from '../review/say.js';
import { shownVersion } from '../review/stages.js';
import { visible } from '../review/visible.js';

const WORDS = { approve: ['Approve', 'Approved'], reject: ['Reject', 'Rejected'] };
const AT_ONCE = 6;
const UNREACHABLE = 'The server could not be reached, so it is not known what was decided. Send it again: the same decision counts once.';

/** What exactly would be decided, the word that decides it, and what became of each. */
export class Summary {
  constructor(decision, items, ondone) {
    Object.assign(this, { decision, ondone });
    this.entries = items.map((item) => new Entry(item, decision));
    this.reason = reasonField();
    this.reason.input.addEventListener('input', () => this.reason.showProblem(null));
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.progress = el('p', { class: 'soft', role: 'status' });
    this.send = el('button', { type: 'button', class: 'primary', disabled: true, onclick: () => this.#send() }, this.#label(items.length));
    this.cancel = el('button', { type: 'button', class: 'quiet', onclick: () => this.element.close() }, 'Cancel');
    const id = newId('summary');
    this.title = el('h3', { id }, `${this.#label(items.length)}?`);
    const foot = el('div', { class: 'summary-foot' }, this.send, this.cancel, this.progress);
    this.element = el('dialog', { class: 'summary', 'aria-labelledby': id, onclose: () => this.decided && this.ondone() }, this.title, el('ol', { class: 'plain entries' }, this.entries.map((entry) => entry.element)), this.reason.element, this.problem, foot);
    this.decided = false;
  }

  #label(count) {
    return `${WORDS[this.decision][0]} ${count === 1 ? '1 request' : `${count} requests`}`;
  }

  get ready() {
    return this.entries.filter((entry) => entry.ready);
  }

  /** Reads every request anew: what is sent is the digest of what is shown here. */
  async open() {
    this.element.showModal();
    const waiting = [...this.entries];
    const readers = Array.from({ length: AT_ONCE }, async () => {
      for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
        await entry.load();
        this.progress.textContent = `Reading: ${this.entries.length - waiting.length} of ${this.entries.length}`;
      }
    });
    await Promise.all(readers);
    this.progress.textContent = '';
    this.reason.require(this.ready.some((entry) => entry.reasonDue));
    this.#offer();
  }

  #offer() {
    const { length } = this.ready;
    this.send.disabled = length === 0;
    this.send.textContent = this.#label(length);
    this.title.textContent = `${this.#label(length)}?`;
  }

  async #send() {
    if (this.reason.fault) {
      this.reason.showProblem(this.reason.fault);
      this.reason.input.focus();
      return;
    }
    this.send.disabled = true;
    this.progress.textContent = 'Sending …';
    const items = this.ready.map((entry) => entry.wire(this.reason.value));
    const response = await send('POST', '/api/v1/decisions:batch', JSON.stringify({ items }));
    await this.#show(response);
  }

  async #show(response) {
    this.progress.textContent = '';
    const body = await response?.json().catch(() => null);
    if (!response?.ok || !Array.isArray(body?.results)) {
      this.problem.replaceChildren(visible(body?.detail ?? (response === null ? UNREACHABLE : 'You are signed out: sign in in another tab, then send it again.')));
      this.send.disabled = false;
      return;
    }
    this.decided = true;
    const asked = this.ready;
    body.results.forEach((result, at) => asked[at].showResult(result));
    const refused = body.results.filter((result) => result.status !== 'decided').length;
    this.title.textContent = refused === 0 ? 'All are decided' : `${body.results.length - refused} decided, ${refused} not`;
    this.reason.element.hidden = this.send.hidden = true;
    this.cancel.textContent = 'Close';
    this.cancel.focus();
  }
}

/** One request of the summary. */
class Entry {
  constructor(item, decision) {
    Object.assign(this, { item, decision, ready: false, reasonDue: false });
    this.place = el('div', {}, el('p', { class: 'soft' }, 'Loading …'));
    this.result = el('p', { class: 'result', role: 'status' });
    const link = el('a', { href: `/review/${encodeURIComponent(item.requestId)}`, target: '_blank' }, 'Open');
    this.element = el('li', {}, el('h4', {}, visible(item.headline)), badges(item), this.place, el('p', { class: 'soft' }, visible(item.agent), ' · ', link), this.result);
  }

  async load() {
    try {
      const { body } = await load(`/api/v1/approval-requests/${encodeURIComponent(this.item.requestId)}`);
      this.#show(body);
    } catch (problem) {
      this.place.replaceChildren(el('p', { class: 'notice' }, visible(problem.message)));
    }
  }

  #show(request) {
    const panel = new ParametersPanel(request, { mayEdit: false, onedit: () => {}, onchange: () => {} });
    const why = this.#refusal(request, panel);
    this.digest = shownVersion(request).actionDigest;
    this.ready = why === null;
    this.reasonDue = (request.decisions ?? []).some((offer) => offer.decision === this.decision && offer.reasonRequired);
    this.place.replaceChildren(panel.element, ...(why ? [el('p', { class: 'notice' }, why)] : []));
  }

  #refusal(request, panel) {
    if (!(request.mayDecide ?? []).includes(this.item.stage)) return 'Left out: this does not wait for you any more.';
    if (!(request.decisions ?? []).some((offer) => offer.decision === this.decision)) return 'Left out: it asks for something else. Open it.';
    if (this.decision === 'approve' && panel.undeclared.length > 0) return 'Left out: something in it was not inspected. Open it.';
    return null;
  }

  wire(reason) {
    const item = { requestId: this.item.requestId, stage: this.item.stage, decision: this.decision, actionDigest: this.digest };
    return reason === '' ? item : { ...item, reason };
  }

  showResult({ status, problem }) {
    const done = status === 'decided';
    this.result.classList.add(done ? 'done' : 'refused');
    this.result.replaceChildren(done ? `${WORDS[this.decision][1]}.` : visible(`Not decided: ${problem?.detail ?? 'the server refused it.'}`));
  }
}
