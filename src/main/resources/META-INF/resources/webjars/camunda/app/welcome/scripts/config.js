export default {
  // Name and vendor are shown joined: one of them says it all.
  app: { name: 'Welcome', vendor: 'Countersign' },
  customScripts: ['scripts/countersign'],
};
