import { agentsWords } from './words.js';
import { confidencePanel, deadlinePanel, reasonsPanel } from './routing.js';
import { DecisionPanel } from './decision.js';
import { earlierPanel, editedPanel, questionsPanel } from './versions.js';
import { el } from './dom.js';
import { failure, loading } from './state.js';
import { findStage, shownVersion, stagesPanel, whyNotYours } from './stages.js';
import { headline } from './headline.js';
import { isOpen, outcomePanel } from './outcome.js';
import { load } from './load.js';
import { ParametersPanel } from './parameters.js';
import { stageChooser } from './turns.js';

const STYLES = new URL('./review.css', import.meta.url).href;
const NOT_CLAIMED = 'Claim this task to decide.';

/**
 * `<countersign-review request-id="apr_…">`: one request, everything a person needs to decide it.
 *
 * `stage` names the stage that is decided; without it, it is one of those that the server says wait for
 * this person. `readonly` only shows. With `sends` there is a button that fires `decide` with the value;
 * without, the page around it has one.
 */
class CountersignReview extends HTMLElement {
  static observedAttributes = ['request-id', 'disabled'];

  #root = this.attachShadow({ mode: 'open' });
  #body = el('div', { class: 'body' });
  #request = null;
  #parameters = null;
  #decision = null;
  #stage = null;
  #skew = 0;
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

  /**
   * `{decision, actionDigest, stage, …}` with the fields of that decision only; `parameters` is JSON, and
   * null while an edit cannot be sent.
   */
  get value() {
    if (!this.#decision?.choice) return null;
    const decision = this.#decision.choice;
    const value = { decision, actionDigest: shownVersion(this.#request).actionDigest, ...this.#decision.said };
    if (this.#stage) value.stage = this.#stage;
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
    const [message, focus, field] = this.#firstProblem();
    this.#parameters?.reveal();
    this.#decision?.showProblem(message, field);
    if (message !== null) focus?.();
    return message === null;
  }

  /** Shows a refusal of the server: at the field if it names one, else beside the decision. */
  showProblem(message, field = null) {
    this.#decision?.showProblem(message, field);
    if (this.#decision?.choice === 'edit') this.#parameters.showProblem(message);
  }

  /** Shows the request as it is now. */
  reload() {
    return this.#load();
  }

  #firstProblem() {
    if (!this.#request) return ['The request is not loaded yet.', null];
    if (!this.#decision) return ['There is nothing left to decide here.', null];
    if (this.hasAttribute('disabled')) return [NOT_CLAIMED, null];
    const { choice, faulty } = this.#decision;
    if (!choice) return ['Choose a decision.', () => this.#decision.focusChoice()];
    if (choice === 'edit') {
      const problem = this.#parameters.problem;
      if (problem) return [problem.message, () => problem.field.input.focus()];
      if (!this.#parameters.changed) {
        return ['Change at least one value, or choose Approve.', () => this.#focusFirstInput()];
      }
    }
    return faulty ? [faulty.fault, () => faulty.input.focus(), faulty.name] : [null, null];
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
    this.#skew = skew;
    this.#decideAs(this.getAttribute('stage') || (request.mayDecide?.[0] ?? null));
    this.dispatchEvent(new CustomEvent('load', { detail: request }));
  }

  /** Draws the request for whoever decides this stage; null for who only reads. */
  #decideAs(stage) {
    const request = this.#request;
    this.#stage = stage;
    const offers = this.#offers();
    const onchange = () => this.#changed();
    const mayEdit = offers.some((offer) => offer.decision === 'edit');
    this.#parameters = new ParametersPanel(request, { mayEdit, onchange, onedit: () => this.#toggleEdit() });
    const blocked = this.#parameters.undeclared.length > 0;
    if (blocked) this.#parameters.button.hidden = true;
    const onsend = this.hasAttribute('sends') ? () => this.#send() : null;
    this.#decision = offers.length > 0 ? new DecisionPanel(request, offers, { stage, blocked, onchange, onsend }) : null;
    this.#body.replaceChildren(...this.#panels().filter(Boolean));
    this.#applyDisabled();
  }

  #offers() {
    const request = this.#request;
    const waitsForOthers = !this.hasAttribute('stage') && request.mayDecide?.length === 0;
    return this.hasAttribute('readonly') || waitsForOthers ? [] : (request.decisions ?? []);
  }

  #panels() {
    const request = this.#request;
    const mine = findStage(request, this.#stage);
    const facts = [headline(request), outcomePanel(request), this.#parameters.element, editedPanel(request), earlierPanel(request)];
    const deadline = isOpen(request) || this.#decision ? deadlinePanel(request, this.#skew, mine) : null;
    const aside = [deadline, stagesPanel(request, this.#decision ? this.#stage : null), confidencePanel(request), reasonsPanel(request)];
    const offersOptions = (request.decisions ?? []).some((offer) => offer.decision === 'choose');
    const instead = this.hasAttribute('sends') && isOpen(request) ? whyNotYours(request) : null;
    return [
      el('div', { class: 'columns' }, el('div', { class: 'facts' }, facts.filter(Boolean)), el('aside', {}, aside)),
      questionsPanel(request),
      agentsWords(request, { withOptions: !this.#decision || !offersOptions }),
      this.#decision ? stageChooser(this.hasAttribute('stage') ? [] : (request.mayDecide ?? []), this.#stage, (stage) => this.#decideAs(stage)) : null,
      this.#decision?.element ?? instead,
      el('p', { class: 'digest soft' }, 'Digest of what is decided: ', el('code', {}, shownVersion(request).actionDigest ?? '')),
    ];
  }

  #send() {
    if (this.reportValidity()) this.dispatchEvent(new CustomEvent('decide', { detail: this.value }));
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
    this.#decision?.setDisabled(disabled, this.hasAttribute('sends') ? 'One moment …' : NOT_CLAIMED);
    this.#parameters?.setDisabled(disabled);
  }
}

if (!customElements.get('countersign-review')) customElements.define('countersign-review', CountersignReview);
