/** A way from the list of tasks to the inbox, where many are decided at once. */
export default {
  id: 'countersign-inbox',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1000,
  render(node) {
    const link = document.createElement('a');
    link.href = '/inbox';
    link.textContent = 'Inbox';
    node.append(link);
  },
};
