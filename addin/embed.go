// Package addin is the Outlook add-in: the pane, the button of one click and the way to sign in, as TypeScript sources that
// are bundled for the installation's own origin. It holds no Go code, and only office.ts knows Office.
//
// Start reading at invite.ts.
package addin

import "embed"

// Sources are the scripts, the pages and the stylesheet.
//
//go:embed *.ts *.html *.css pane/*.ts words/*.ts
var Sources embed.FS
