/** A number as people read it: 234 567 8901, 987 6543 2109. */
export function spaced(number: string): string {
  const middle = number.length - 4;
  return number.length < 9 ? number : `${number.slice(0, 3)} ${number.slice(3, middle)} ${number.slice(middle)}`;
}
