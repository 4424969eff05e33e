// The block that the Teams switch writes at the end of a body, in the shape it has in 2026; every id in it is made up.

/** @param {number} n how many */
const digits = (n) => Array.from(crypto.getRandomValues(new Uint8Array(n)), (b) => b % 10).join("");

/** A new meeting: its address as Graph gives it, and the block for the body. */
export function newTeamsMeeting() {
  const id = digits(14);
  const short = `https://teams.microsoft.com/meet/${id}?p=${crypto.randomUUID().replaceAll("-", "").slice(0, 18)}`;
  const thread = `19%3ameeting_${crypto.randomUUID().replaceAll("-", "")}%40thread.v2`;
  const context = encodeURIComponent(JSON.stringify({ Tid: crypto.randomUUID(), Oid: crypto.randomUUID() }));
  const join = `https://teams.microsoft.com/l/meetup-join/${thread}/0?context=${context}`;
  return { join, block: block(id, short, join) };
}

/** @param {string} id @param {string} short @param {string} join */
function block(id, short, join) {
  const rule = `<div aria-hidden="true" style="margin-bottom:24px; overflow:hidden; white-space:nowrap">${"_".repeat(80)}</div>`;
  const small = "font-size:14px; color:#616161";
  const link = "font-size:14px; text-decoration:underline; color:#5B5FC7";
  const spaced = id.replace(/(...)(?=.)/g, "$1 ");
  return `<br><div class="me-email-text" lang="en-US" style="max-width:1024px; color:#242424; font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif">${rule}
<div style="margin-bottom:12px"><span class="me-email-text" style="font-size:20px; color:#242424; font-weight:600">Microsoft Teams meeting</span></div>
<div style="margin-bottom:6px"><span class="me-email-text" style="font-size:20px; font-weight:600">Join: </span><a href="${short}" id="meet_invite_block.action.join_link" title="Meeting join" aria-label="Meeting join" class="me-email-link" style="font-size:20px; text-decoration:underline; color:#5B5FC7">${short}</a></div>
<div style="margin-bottom:6px"><span class="me-email-text-secondary" style="${small}">Meeting ID: </span><span class="me-email-text" style="font-size:14px">${spaced}</span></div>
<div style="margin-bottom:32px"><span class="me-email-text-secondary" style="${small}">Passcode: </span><span class="me-email-text" style="font-size:14px">${crypto.randomUUID().slice(0, 8)}</span></div>
<div style="margin-bottom:12px; max-width:1024px"><hr style="border:0; background:#616161; height:1px"></div>
<div style="margin-bottom:24px"><a href="https://aka.ms/JoinTeamsMeeting?omkt=en-US" id="meet_invite_block.action.help" class="me-email-link" style="${link}">Need help?</a> <span style="color:#616161">|</span> <a href="${join}" id="meet_invite_block.action.join_link_compatibility" class="me-email-link" style="${link}">System reference</a></div>
${rule}</div>`;
}
