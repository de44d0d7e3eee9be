/** The fields that say something: a database keeps no undefined. */
export const defined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;

/** Update operators after which a document says these fields and no others of them: what is undefined is taken off. */
export function setOrUnset(fields: object): { $set: Record<string, unknown>; $unset: Record<string, 1> } {
  const absent = Object.entries(fields).filter(([, value]) => value === undefined);
  return { $set: { ...defined(fields) }, $unset: Object.fromEntries(absent.map(([name]) => [name, 1])) };
}
