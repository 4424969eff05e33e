/** Lets people choose from the time zones that their browser knows, while they type. */
export function zoneLists(page: Document): void {
  for (const field of page.querySelectorAll<HTMLInputElement>("input[data-zones]")) {
    const list = page.createElement("datalist");
    list.id = `${field.id}-zones`;
    for (const name of Intl.supportedValuesOf("timeZone")) {
      const option = page.createElement("option");
      option.value = name;
      list.append(option);
    }
    field.after(list);
    field.setAttribute("list", list.id);
  }
}
