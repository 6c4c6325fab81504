import type { Project } from './project.js';

/** A project in which providers deliver in a form, and who names it; as it is where none is named. */
export function withMode(project: Project, mode: string | undefined, source: string): Project {
  return mode === undefined ? project : { ...project, mode: { name: mode, source } };
}
