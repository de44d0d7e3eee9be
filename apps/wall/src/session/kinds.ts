/** Kind of focus under which who is signed in sees himself. */
export const ME = 'me';
