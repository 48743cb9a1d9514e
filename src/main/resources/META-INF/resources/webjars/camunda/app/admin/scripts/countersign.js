// Loaded on demand: a custom script that cannot be loaded would keep the whole application from starting.
import('/assets/apps/sign-out.js').catch((problem) => console.error(problem));
