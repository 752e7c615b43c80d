/** What no change of a flag or segment can be seen in. */
const aboutOthers =
  /^\/api\/(session|v2\/(caller-identity|members|teams|roles|tokens|projects\?|projects\/[^/]+\/(environments|flag-evaluations)))/u;
/** Paths that lead into one project. */
const inProject = /^\/api\/v2\/(?:flags|flag-statuses|segments|projects)\/([^/?]+)/u;
/** Such as `proj/web-shop:env/production:flag/checkout`. */
const flagOrSegment = /^proj\/([^:;]+):env\/[^:]*:(?:flag|segment)\//u;

/** Whether what a path gives may be another after a change of the resources. */
export function touches(resources: readonly string[]): (path: string) => boolean {
  const projects = new Set(resources.map((one) => flagOrSegment.exec(one)?.[1]));
  if (projects.size === 0 || projects.has(undefined)) return () => true;
  return (path) => {
    if (aboutOthers.test(path)) return false;
    const project = inProject.exec(path)?.[1];
    return project === undefined || projects.has(decodeURIComponent(project));
  };
}
