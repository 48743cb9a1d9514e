/** What a request can end as, put together for a chart; every one has its colour in the style sheet. */
export const OUTCOMES = [
  { name: 'Approved', colour: '--approved', count: ({ asked }) => asked.statuses.approved ?? 0 },
  { name: 'With edits', colour: '--edited', count: ({ asked }) => asked.statuses.approved_with_edits ?? 0 },
  { name: 'Rejected', colour: '--rejected', count: ({ asked }) => asked.statuses.rejected ?? 0 },
  { name: 'Sent back', colour: '--sent-back', count: ({ asked }) => asked.statuses.revision_requested ?? 0 },
  { name: 'Expired', colour: '--expired', count: ({ asked }) => asked.statuses.expired ?? 0 },
  { name: 'Other end', colour: '--other', count: ({ asked }) => (asked.statuses.answered ?? 0) + (asked.statuses.withdrawn ?? 0) + (asked.statuses.revoked ?? 0) },
  { name: 'Open', colour: '--open', count: ({ asked }) => (asked.statuses.pending ?? 0) + (asked.statuses.information_requested ?? 0) },
];
