export default {
  // Name and vendor are shown joined: one of them says it all.
  app: { name: 'Operations', vendor: 'Countersign' },
  customScripts: ['scripts/countersign', 'scripts/approvals', 'scripts/performance'],
};
