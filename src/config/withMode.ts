import type { Project } from './project.js';

/** A project in which providers deliver in a certain form, with the source of that choice; unchanged where there is none. */
export function withMode(project: Project, mode: string | undefined, source: string): Project {
  return mode === undefined ? project : { ...project, mode: { name: mode, source } };
}
