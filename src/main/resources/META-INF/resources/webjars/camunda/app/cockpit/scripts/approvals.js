const PATH = '/approvals';

const route = {
  id: 'countersign-approvals',
  pluginPoint: 'cockpit.route',
  priority: 0,
  properties: { path: PATH, label: 'Approvals' },
  render(node) {
    import('/assets/approvals/approvals.js').catch(() => {
      node.textContent = 'The approvals could not be loaded. Reload this page to try again.';
    });
    const approvals = document.createElement('countersign-approvals');
    // Cockpit itself has no dark form: a dark page in a light frame would be hard to read.
    approvals.setAttribute('theme', 'light');
    node.append(approvals);
  },
};

const navigation = {
  id: 'countersign-approvals-navigation',
  pluginPoint: 'cockpit.navigation',
  priority: 1000,
  properties: { path: PATH },
  render(node) {
    const link = document.createElement('a');
    link.href = `#${PATH}`;
    link.textContent = 'Approvals';
    node.append(link);
  },
};

export default [route, navigation];
