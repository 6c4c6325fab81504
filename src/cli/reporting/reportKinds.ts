/** The reports that go to a file, in the order in which they are listed. */
export const reportKinds = ['junit', 'tap', 'sarif', 'html', 'har', 'json'] as const;
