const { Moves } = require('./moves');
const { FRESH, place, state, token } = require('./token');

const TOO_LARGE = 20000;

/** Everything that can happen to the tokens of one chain, and how each of them got there. */
class Tour {
  constructor(drawing, models, inSilence) {
    this.states = new Map();
    this.cameFrom = new Map();
    this.leadsTo = new Map();
    this.atJoin = new Map();
    this.notes = [];
    this.next = [];
    this.moves = new Moves(models, inSilence, (rule, at, sentence) => this.notes.push({ rule, at, sentence }));
    drawing.starts().forEach((start) => this.reach(null, state(place(start, null), FRESH)));
    for (let at = this.next.shift(); at && this.states.size < TOO_LARGE; at = this.next.shift()) {
      this.moves.after(at).forEach((after) => this.reach(at, after));
      if (at.arrivedBy) {
        this.join(at);
      }
    }
    this.isTooLarge = this.next.length > 0;
  }

  reach(from, to) {
    if (from) {
      this.leadsTo.set(from.key, (this.leadsTo.get(from.key) || new Set()).add(to.key));
    }
    if (!this.states.has(to.key)) {
      this.states.set(to.key, to);
      this.cameFrom.set(to.key, from);
      this.next.push(to);
    }
  }

  /**
   * The engine's join counts tokens and does not look which branch they come from. So a join is
   * accepted only where each branch of one gateway has a way of its own into it.
   */
  join(arrived) {
    const waiting = this.atJoin.get(arrived.place.key) || [];
    this.atJoin.set(arrived.place.key, [...waiting, arrived]);
    const branch = innermost(arrived);
    if (!branch || branch.depth !== arrived.place.depth || branch.isSide) {
      this.unjoined(arrived, 'Waits for branches that no gateway before it has opened', arrived.token);
      return;
    }
    const siblings = [...waiting, arrived].filter((other) => isSibling(other, arrived));
    if (!matches(branch, arrived.place.node, siblings)) {
      const sentence = `Does not join the branches of <${branch.opened.node.id}> one by one`;
      this.unjoined(arrived, sentence, withoutInnermost(arrived.token));
      return;
    }
    this.pass(arrived, siblings);
  }

  unjoined(arrived, sentence, left) {
    this.notes.push({ rule: 'joined-branches', at: arrived, sentence });
    this.reach(arrived, state(arrived.place, left));
  }

  /** One token for every way in which the branches can come together. */
  pass(arrived, siblings) {
    let joined = [{ token: arrived.token, from: [arrived] }];
    for (let way = 0; way < arrived.place.node.in.length; way += 1) {
      if (way !== innermost(arrived).number) {
        const others = siblings.filter((other) => innermost(other).number === way);
        joined = distinct(
          joined.flatMap((one) =>
            others.map((other) => ({ token: joinedWith(one.token, other.token), from: [...one.from, other] }))
          )
        );
      }
    }
    for (const one of joined) {
      const passed = state(arrived.place, withoutInnermost(one.token));
      one.from.forEach((each) => this.reach(each, passed));
    }
  }

  /** The names on the way to a state, those of called processes of the same file included. */
  path(goal) {
    const names = [];
    for (let at = goal; at; at = this.cameFrom.get(at.key)) {
      const name = at.place.node.name || at.place.node.id;
      if (names[0] !== name) {
        names.unshift(name);
      }
    }
    return names;
  }

  /** The states from which some end can still be reached. */
  ending() {
    const before = new Map();
    this.leadsTo.forEach((all, from) => all.forEach((to) => before.set(to, [...(before.get(to) || []), from])));
    const isOver = (at) => at.place.node.isEnd && !this.leadsTo.has(at.key);
    const ending = new Set([...this.states.values()].filter(isOver).map((at) => at.key));
    for (const key of ending) {
      (before.get(key) || []).forEach((each) => ending.add(each));
    }
    return ending;
  }
}

function innermost(at) {
  return at.token.branches.at(-1);
}

function withoutInnermost(held) {
  return token(held, { branches: held.branches.slice(0, -1) });
}

const outer = (at) =>
  withoutInnermost(at.token)
    .branches.map((branch) => `${branch.opened.key}.${branch.number}.${branch.depth}.${branch.isSide}`)
    .join(' ');

function isSibling(one, other) {
  const [mine, yours] = [innermost(one), innermost(other)];
  return Boolean(mine && yours) && mine.opened.key === yours.opened.key && outer(one) === outer(other);
}

function matches(branch, join, siblings) {
  const sameWay = (one, other) => one.arrivedBy === other.arrivedBy;
  const sameBranch = (one, other) => innermost(one).number === innermost(other).number;
  return (
    branch.opened.node.out.length === join.in.length &&
    siblings.every((one) => siblings.every((other) => sameWay(one, other) === sameBranch(one, other)))
  );
}

/** Equal tokens are one, which came from all of theirs. */
function distinct(joined) {
  const byKey = new Map();
  for (const one of joined) {
    const same = byKey.get(one.token.key) || { token: one.token, from: new Set() };
    one.from.forEach((each) => same.from.add(each));
    byKey.set(one.token.key, same);
  }
  return [...byKey.values()];
}

function joinedWith(one, other) {
  return token(one, {
    personAsked: one.personAsked || other.personAsked,
    concluded: one.concluded || other.concluded,
    handedBack: one.handedBack || other.handedBack,
    cutShort: one.cutShort || other.cutShort,
    asked: one.asked || other.asked
  });
}

module.exports = { Tour };
