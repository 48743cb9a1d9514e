const { APPROVING, STAGE_CLOSED, place, state, token } = require('./token');

/** What a process nobody has seen may do: anything, and ask no one. */
const UNKNOWN = {
  asksPeople: false,
  concludes: false,
  passes: true,
  closes: true,
  passesInSilence: true,
  closesInSilence: true,
  rests: true
};

/**
 * Where a token can be next. What cannot be decided goes both ways; what may fire, fires. In silence
 * no person completes anything: only time passes, agents speak, and events happen.
 */
class Moves {
  constructor(models, inSilence, note) {
    this.models = models;
    this.inSilence = inSilence;
    this.note = note;
  }

  after(at) {
    return at.arrivedBy ? [] : [...this.onwards(at), ...this.interruptions(at)];
  }

  onwards(at) {
    const { node } = at.place;
    if (node.isEnd) {
      return this.ends(at);
    }
    const unasked = node.mayAskNobody ? this.leave(at, at.token) : [];
    if (node.isUserTask && this.inSilence) {
      return unasked;
    }
    if (node.isSubProcess) {
      const inside = node.inner.filter((inner) => inner.isStart);
      return [...unasked, ...inside.map((start) => state(place(start, at.place.caller), at.token))];
    }
    if (node.isCall) {
      return [...unasked, ...this.calls(at)];
    }
    return this.leave(at, effect(at));
  }

  calls(at) {
    const { node } = at.place;
    const asked = this.asksPeople(node) ? token(at.token, { personAsked: true }) : at.token;
    const called = this.models.called(node);
    if (called) {
      const start = called.starts().find((each) => each.definitions.length === 0);
      return start ? [state(place(start, at.place), asked)] : [];
    }
    const facts = this.facts(node);
    const passes = this.inSilence ? facts.passesInSilence : facts.passes;
    const closes = this.inSilence ? facts.closesInSilence : facts.closes;
    const closed = closes ? this.thrown(state(at.place, asked), STAGE_CLOSED, facts !== UNKNOWN) : [];
    return [...(passes ? this.leave(at, asked) : []), ...closed];
  }

  /** What is known about a called process that this file does not hold. */
  facts(node) {
    return this.models.blocks[node.element.calledElement] || UNKNOWN;
  }

  /** Whether people are asked somewhere inside. */
  asksPeople(node) {
    const called = this.models.called(node);
    return (
      node.isReview ||
      node.inner.some((inner) => this.asksPeople(inner)) ||
      (called ? this.asksPeopleIn(called) : node.isCall && this.facts(node).asksPeople)
    );
  }

  asksPeopleIn(drawing) {
    return drawing.all().some((node) => this.asksPeople(node));
  }

  leave(at, left) {
    const { node } = at.place;
    if (node.isThrowing && node.link !== undefined) {
      return this.drawing(node)
        .links(node)
        .map((link) => state(place(link, at.place.caller), left));
    }
    if (node.isParallel && node.out.length > 1) {
      return this.fork(at, left);
    }
    return node.out
      .filter((flow) => this.isPossible(flow, left) && !isForeclosed(flow, left))
      .map((flow) => this.take(at, flow, left));
  }

  fork(at, left) {
    if (left.branches.some((branch) => branch.opened.key === at.place.key)) {
      this.note('joined-branches', at, 'Forks again while its branches are still running');
      return [];
    }
    return at.place.node.out.map((flow, number) => {
      const branch = { opened: at.place, number, depth: at.place.depth, isSide: false };
      return this.take(at, flow, token(left, { branches: [...left.branches, branch] }));
    });
  }

  isPossible(flow, left) {
    if (!flow.asks || !left.concluded) {
      return true;
    }
    if (left.asked) {
      return left.asked === flow.asks;
    }
    return !APPROVING.includes(flow.asks) || (!this.inSilence && !left.cutShort);
  }

  take(at, flow, left) {
    const knows = flow.asks && left.concluded;
    if (flow.asks && !left.concluded) {
      if (this.inSilence && APPROVING.includes(flow.asks)) {
        this.note('no-silent-approval', at, `Without a decision of any person <${flow.id}> is taken as an approval`);
      }
      this.note('asks-the-outcome', at, `<${flow.id}> asks for the outcome before the request was concluded`);
    }
    const next = place(flow.to, at.place.caller);
    const isJoin = flow.to.isParallel && flow.to.in.length > 1;
    return state(next, knows ? token(left, { asked: flow.asks }) : left, isJoin ? flow.id : '');
  }

  ends(at) {
    const { node, depth } = at.place;
    if (node.isError) {
      return this.thrown(at, node.errorCode, true);
    }
    if (node.isTerminate) {
      return this.completed(at.place, upTo(at.token, depth - 1));
    }
    const open = at.token.branches.at(-1);
    if (!open || open.depth !== depth) {
      return this.completed(at.place, at.token);
    }
    if (!open.isSide) {
      this.note('joined-branches', at, `This branch of <${open.opened.node.id}> ends without being joined`);
    }
    return [];
  }

  /** The scope of an end is left: the sub-process, the call, or, by its event, the scope around. */
  completed(end, left) {
    const around = end.around();
    if (!around) {
      return [];
    }
    if (!around.node.isEventSubProcess) {
      return this.leave(state(around, left), left);
    }
    const start = startOf(around.node);
    return start && start.isInterrupting ? this.completed(around, upTo(left, around.depth - 1)) : [];
  }

  thrown(at, code, isCertain) {
    for (const host of at.place.outwards()) {
      const caught = this.caught(at, host, code);
      if (caught) {
        return [caught];
      }
    }
    const outermost = at.place.outwards().at(-1).node;
    if (isCertain && !this.models.isBlock(outermost.process)) {
      this.note('stage-closed', at, `Nothing catches the error <${code}> thrown here`);
    }
    return [];
  }

  caught(at, host, code) {
    const catches = (event) => event.isError && (event.errorCode === '' || event.errorCode === code);
    const boundary = host.node.boundaries.find(catches);
    if (boundary) {
      return this.fire(at, host, boundary);
    }
    const sub = this.eventSubProcessesBeside(host).find((each) => startOf(each) && catches(startOf(each)));
    return sub && this.start(at, place(sub, host.caller));
  }

  interruptions(at) {
    const { node } = at.place;
    if (node.isEnd) {
      return [];
    }
    const rests = node.isWait || (node.isCall && !this.models.called(node) && this.facts(node).rests);
    const fires = (event) => event && !event.isError && (rests || !(event.isTimer || event.isMessage));
    return at.place.outwards().flatMap((host) => [
      ...host.node.boundaries.filter(fires).map((event) => this.fire(at, host, event)),
      ...this.eventSubProcessesBeside(host)
        .filter((sub) => fires(startOf(sub)))
        .map((sub) => this.start(at, place(sub, host.caller)))
    ]);
  }

  /** Events of the scope that holds a place; the one it is in has fired already. */
  eventSubProcessesBeside({ node }) {
    if (node.isEventSubProcess) {
      return [];
    }
    const beside = node.scope ? node.scope.inner : this.drawing(node).topLevel();
    return beside.filter((each) => each.isEventSubProcess);
  }

  fire(at, host, event) {
    const left = upTo(at.token, host.depth);
    const to = place(event, host.caller);
    if (!event.isInterrupting) {
      return state(to, beside(left, to, host.depth));
    }
    const cutsReview = !host.node.isUserTask && this.asksPeople(host.node);
    return state(to, cutsReview ? token(left, { cutShort: true }) : left);
  }

  start(at, sub) {
    const start = startOf(sub.node);
    const left = upTo(at.token, sub.depth - 1);
    const to = place(start, sub.caller);
    if (!start.isInterrupting) {
      return state(to, beside(left, sub, sub.depth + 1));
    }
    const { scope } = sub.node;
    const cutsReview = scope ? this.asksPeople(scope) : this.asksPeopleIn(this.drawing(sub.node));
    return state(to, cutsReview ? token(left, { cutShort: true }) : left);
  }

  drawing(node) {
    return this.models.drawings.get(node.process);
  }
}

function effect({ place: { node }, token: left }) {
  if (node.bean === 'concludeRequest') {
    return token(left, { concluded: true });
  }
  return node.bean === 'handBackDecision' ? token(left, { handedBack: true }) : left;
}

/** A default is not taken where another flow asks for the outcome that is known by now. */
function isForeclosed(flow, left) {
  return flow.isDefault && left.asked !== '' && flow.from.out.some((other) => other.asks === left.asked);
}

/** What is left when everything deeper is broken off. */
function upTo(left, depth) {
  return token(left, { branches: left.branches.filter((branch) => branch.depth <= depth) });
}

function beside(left, opened, depth) {
  return token(left, { branches: [...left.branches, { opened, number: 0, depth, isSide: true }] });
}

function startOf(sub) {
  return sub.inner.find((inner) => inner.isStart);
}

module.exports = { Moves };
