const PATH = '/performance';

const route = {
  id: 'countersign-performance',
  pluginPoint: 'cockpit.route',
  priority: 0,
  properties: { path: PATH, label: 'Performance' },
  render(node) {
    import('/assets/performance/performance.js').catch(() => {
      node.textContent = 'The numbers could not be loaded. Reload this page to try again.';
    });
    const performance = document.createElement('countersign-performance');
    // Cockpit itself has no dark form: a dark page in a light frame would be hard to read.
    performance.setAttribute('theme', 'light');
    node.append(performance);
  },
};

const navigation = {
  id: 'countersign-performance-navigation',
  pluginPoint: 'cockpit.navigation',
  priority: 900,
  properties: { path: PATH },
  render(node) {
    const link = document.createElement('a');
    link.href = `#${PATH}`;
    link.textContent = 'Performance';
    node.append(link);
  },
};

export default [route, navigation];
