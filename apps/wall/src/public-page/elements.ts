/** Said twice: in Bahasa, and smaller in English. */
export type Words = readonly [id: string, en: string];

type Child = Node | string;

/** An element with attributes and what is in it; text is never markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Bahasa first, English beside it. */
export const said = ([id, en]: Words): readonly Child[] => [id, ' ', make('small', { lang: 'en' }, en)];
