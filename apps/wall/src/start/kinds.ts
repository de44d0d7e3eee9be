/** The page of the first hour. */
export const START_PATH = '/mulai';
