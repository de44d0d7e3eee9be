/** How a person types a command, in every hint: `siagaCommand('user list')`. */
export const siagaCommand = (words: string) => `npm run -s siaga -- ${words}`;
