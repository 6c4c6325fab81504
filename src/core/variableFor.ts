/** The shell variable that stands for a header's secret value. */
export function variableFor(headerName: string): string {
  return headerName.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
