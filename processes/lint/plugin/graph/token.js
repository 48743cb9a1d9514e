const APPROVING = ['approved', 'approved_with_edits'];
const STAGE_CLOSED = 'stage-closed';

/** What matters about the way that a token has come. */
const FRESH = { personAsked: false, concluded: false, handedBack: false, cutShort: false, asked: '', branches: [] };

function token(before, changes) {
  const next = { ...before, ...changes };
  const branches = next.branches.map((each) => `${each.opened.key}.${each.number}.${each.depth}.${each.isSide}`);
  const flags = [next.personAsked, next.concluded, next.handedBack, next.cutShort].map(Number);
  next.key = `${flags.join('')} ${next.asked} ${branches.join(' ')}`;
  return next;
}

/** An element, reached through certain call activities. */
class Place {
  constructor(node, caller) {
    this.node = node;
    this.caller = caller;
    this.key = caller ? `${caller.key}>${node.key}` : `${node.key}`;
    this.depth = node.level + (caller ? caller.depth + 1 : 0);
  }

  /** The sub-process or call activity around it; nothing around the chain. */
  around() {
    return this.node.scope ? place(this.node.scope, this.caller) : this.caller;
  }

  /** Itself and everything around it, innermost first. */
  outwards() {
    const around = this.around();
    return around ? [this, ...around.outwards()] : [this];
  }
}

function place(node, caller) {
  return new Place(node, caller);
}

/** A token at a place; `arrivedBy` is the flow by which it waits at a join. */
function state(at, held, arrivedBy = '') {
  return { place: at, token: held, arrivedBy, key: `${at.key}|${held.key}|${arrivedBy}` };
}

module.exports = { APPROVING, FRESH: token(FRESH, {}), STAGE_CLOSED, place, state, token };
