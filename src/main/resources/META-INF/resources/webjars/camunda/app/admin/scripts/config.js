export default {
  // Name and vendor are shown joined: one of them says it all.
  app: { name: 'Administration', vendor: 'Countersign' },
  customScripts: ['scripts/countersign'],
};
