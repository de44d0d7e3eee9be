/** The page of a crew, on its phone. */
export const FIELD_PATH = '/field';
