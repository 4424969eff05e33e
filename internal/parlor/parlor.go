// Package parlor is the domain: the words of the product (account, room, meeting, event, stamp, block), the two ports
// an outside service is reached through, and the policy (Decide, the guard, the PMI rules).
//
// It does no I/O, reads no clock and imports none of our packages, so everything in it can be tested with values alone.
//
// Start reading at Decide.
package parlor
