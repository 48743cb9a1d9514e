import { agentsWords } from './words.js';
import { confidencePanel, deadlinePanel, reasonsPanel } from './routing.js';
import { DecisionPanel } from './decision.js';
import { el } from './dom.js';
import { failure, loading } from './state.js';
import { headline } from './headline.js';
import { isOpen, outcomePanel, stagesPanel } from './outcome.js';
import { load } from './load.js';
import { ParametersPanel } from './parameters.js';

const STYLES = new URL('./review.css', import.meta.url).href;
const NOT_CLAIMED = 'Claim this task to decide.';

/** `<countersign-review request-id="apr_…">`: one request, everything a person needs to decide it. */
class CountersignReview extends HTMLElement {
  static observedAttributes = ['request-id', 'disabled'];

  #root = this.attachShadow({ mode: 'open' });
  #body = el('div', { class: 'body' });
  #request = null;
  #parameters = null;
  #decision = null;
  #turn = 0;
  #connected = false;

  constructor() {
    super();
    this.#root.append(el('link', { rel: 'stylesheet', href: STYLES }), this.#body);
  }

  attributeChangedCallback(name) {
    if (name === 'request-id' && this.#connected) this.#load();
    if (name === 'disabled') this.#applyDisabled();
  }

  connectedCallback() {
    this.#connected = true;
    this.#load();
  }

  disconnectedCallback() {
    this.#connected = false;
    this.#turn += 1;
  }

  /** The resource shown, or null while there is none. */
  get request() {
    return this.#request;
  }

  /** `{decision, reason, parameters, actionDigest}`; `parameters` is JSON and only there for an edit. */
  get value() {
    if (!this.#decision?.choice) return null;
    const decision = this.#decision.choice;
    const value = { decision, reason: this.#decision.reason.value.trim(), actionDigest: this.#request.actionDigest };
    if (decision === 'edit') value.parameters = this.#parameters.problem ? null : this.#parameters.json();
    return value;
  }

  /** `{valid, message}`: whether `value` can be sent, and if not, the sentence that says why. */
  get validity() {
    const [message] = this.#firstProblem();
    return { valid: message === null, message };
  }

  /** Shows the first problem where it is and moves the focus there; answers whether all is well. */
  reportValidity() {
    const [message, focus] = this.#firstProblem();
    this.#parameters?.reveal();
    this.#decision?.showProblem(message);
    if (message !== null) focus?.();
    return message === null;
  }

  /** Shows a refusal of the server beside the decision. */
  showProblem(message) {
    this.#decision?.showProblem(message);
  }

  #firstProblem() {
    if (!this.#request) return ['The request is not loaded yet.', null];
    if (!this.#decision) return ['There is nothing left to decide here.', null];
    if (this.hasAttribute('disabled')) return [NOT_CLAIMED, null];
    const { choice, reason, reasonDue } = this.#decision;
    if (!choice) return ['Choose a decision.', () => this.#decision.focusChoice()];
    if (choice === 'edit') {
      const problem = this.#parameters.problem;
      if (problem) return [problem.message, () => problem.field.input.focus()];
      if (!this.#parameters.changed) {
        return ['Change at least one value, or choose Approve.', () => this.#focusFirstInput()];
      }
    }
    if (reasonDue && reason.value.trim() === '') return ['Give a reason for this decision.', () => reason.focus()];
    return [null, null];
  }

  #focusFirstInput() {
    this.#parameters.fields.find((field) => field.input)?.input.focus();
  }

  async #load() {
    const id = this.getAttribute('request-id');
    const turn = ++this.#turn;
    this.#request = this.#parameters = this.#decision = null;
    this.#body.replaceChildren(loading('the request'));
    if (!id) return;
    try {
      const { body, skew } = await load(`/api/v1/approval-requests/${encodeURIComponent(id)}`);
      if (turn === this.#turn) this.#draw(body, skew);
    } catch (problem) {
      if (turn === this.#turn) this.#body.replaceChildren(failure(problem, () => this.#load()));
    }
  }

  #draw(request, skew) {
    this.#request = request;
    const offers = this.hasAttribute('readonly') || !isOpen(request) ? [] : (request.decisions ?? []);
    const mayEdit = offers.some((offer) => offer.decision === 'edit');
    const onchange = () => this.#changed();
    this.#parameters = new ParametersPanel(request, { mayEdit, onchange, onedit: () => this.#toggleEdit() });
    const blocked = this.#parameters.undeclared.length > 0;
    if (blocked) this.#parameters.button.hidden = true;
    this.#decision = offers.length > 0 ? new DecisionPanel(offers, { blocked, onchange }) : null;
    const facts = [headline(request), outcomePanel(request), this.#parameters.element];
    const aside = [isOpen(request) ? deadlinePanel(request, skew) : null, confidencePanel(request), reasonsPanel(request), stagesPanel(request)];
    this.#body.replaceChildren(
      el('div', { class: 'columns' }, el('div', { class: 'facts' }, facts), el('aside', {}, aside)),
      ...[agentsWords(request), this.#decision?.element].filter(Boolean),
      el('p', { class: 'digest soft' }, 'Digest of what is decided: ', el('code', {}, request.actionDigest ?? '')),
    );
    this.#applyDisabled();
    this.dispatchEvent(new CustomEvent('load', { detail: request }));
  }

  #toggleEdit() {
    if (this.#parameters.editing) {
      this.#decision.clear();
    } else {
      this.#decision.choose('edit');
      this.#focusFirstInput();
    }
  }

  #changed() {
    const editing = this.#decision?.choice === 'edit';
    this.#parameters.setEditing(editing);
    this.#applyDisabled();
    this.#decision?.showProblem(null);
    this.dispatchEvent(new CustomEvent('change', { bubbles: true, composed: true, detail: this.value }));
  }

  #applyDisabled() {
    const disabled = this.hasAttribute('disabled');
    this.#decision?.setDisabled(disabled, NOT_CLAIMED);
    this.#parameters?.setDisabled(disabled);
  }
}

if (!customElements.get('countersign-review')) customElements.define('countersign-review', CountersignReview);
