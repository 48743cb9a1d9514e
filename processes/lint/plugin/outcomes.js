const OUTCOMES = [
  'Approved',
  'Approved with edits',
  'Rejected',
  'Revision requested',
  'Answered',
  'Expired',
  'Withdrawn',
  'Blocked',
  'Revoked'
];

const idOf = (name) => `EndEvent_${name.replace(/(^| )(.)/g, (all, space, letter) => letter.toUpperCase())}`;

/** The outcome that an end names in its name and in its id alike, as gateways ask for it. */
function outcome(end) {
  const name = OUTCOMES.find((each) => each.toLowerCase() === (end.name || '').trim().toLowerCase());
  return name && (end.id || '').startsWith(idOf(name)) ? name.toLowerCase().replaceAll(' ', '_') : undefined;
}

module.exports = { OUTCOMES, outcome };
