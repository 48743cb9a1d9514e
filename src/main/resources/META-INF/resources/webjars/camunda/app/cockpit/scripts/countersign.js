import '/assets/apps/sign-out.js';
