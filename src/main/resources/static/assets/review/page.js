import './review.js';

/** Shows the request of the address, read-only: decisions are taken in Tasklist. */
const review = document.createElement('countersign-review');
review.setAttribute('readonly', '');
review.setAttribute('request-id', location.pathname.split('/').pop());
document.querySelector('main').append(review);
