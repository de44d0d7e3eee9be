/** A number as numbers are compared: `+62335…`, `62335…` and `0335…` are one. */
export function numberKeyOf(number: string): string {
  const digits = number.replace(/\D/g, '');
  // short ones are services, not subscribers: 6211 is none of Indonesia's
  if (digits.startsWith('62') && digits.length >= 9) return `0${digits.slice(2)}`;
  return digits;
}
