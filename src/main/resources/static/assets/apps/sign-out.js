// The vendor's link signs out by XHR; its redirect to Keycloak is stopped by the page's own policy.
// A navigation may go there.

const base = document.querySelector('base');
const root = base?.getAttribute('app-root') ?? '/camunda';

/** Where signing out of the application the reader is in begins. */
function signOutAddress() {
  const [, app, engine] = new RegExp('/app/([^/]+)/([^/]+)').exec(location.pathname) ?? [];
  return `${root}/app/${app ?? base?.getAttribute('app-name')}/${engine ?? 'default'}/logout`;
}

// Captured at the window: before the vendor's own handler on the link sees the click.
window.addEventListener(
  'click',
  (event) => {
    if (!event.target.closest?.('li.logout a')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(signOutAddress());
  },
  true,
);
