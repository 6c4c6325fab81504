declare module '*.css';
/** The types of the protocol lead to files that import it; no code of theirs is in the page. */
declare module 'node:crypto';
