import './review.js';
import { decide } from './send.js';
import { grace } from './grace.js';

/** Shows the request of the address, and sends what its reader decides. */
const id = location.pathname.split('/').pop();
const main = document.querySelector('main');
const done = document.createElement('p');
done.className = 'done';
done.setAttribute('role', 'status');
const review = document.createElement('countersign-review');
review.setAttribute('sends', '');
review.setAttribute('request-id', id);
main.append(done, review);

review.addEventListener('load', ({ detail }) => {
  const headline = detail.presentation?.headline ?? detail.action;
  document.title = `${String(headline).slice(0, 80)} · Countersign`;
});

review.addEventListener('decide', async ({ detail }) => {
  done.textContent = '';
  review.toggleAttribute('disabled', true);
  const wait = review.request.severity === 'low' ? await grace(done) : { sent: true, leaving: false };
  const problem = wait.sent ? await decide(id, detail, wait) : null;
  review.toggleAttribute('disabled', false);
  if (!wait.sent) {
    done.textContent = 'Not sent. Nothing was decided.';
    return;
  }
  if (problem) {
    review.showProblem(problem.message, problem.field);
    if (problem.signIn) offerSignIn();
    return;
  }
  await review.reload();
  done.textContent = 'Recorded. This is the request as it is now.';
  scrollTo({ top: 0 });
});

/** Leads to Keycloak and back to this page; what was typed here is typed again. */
function offerSignIn() {
  const link = document.createElement('a');
  link.href = `/review/${encodeURIComponent(id)}/sign-in`;
  link.className = 'again';
  link.textContent = 'Sign in again';
  done.replaceChildren('This decision takes a fresh sign-in. ', link);
  scrollTo({ top: 0 });
  link.focus();
}
