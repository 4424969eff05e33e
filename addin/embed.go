// Package addin is the Outlook add-in: the task pane, the commands and the page that ends signing in, as sources. They are
// bundled and served by internal/web/outlook; Go code that decides anything does not live here.
//
// Start reading at pane.ts.
package addin

import "embed"

// Sources are the pages, scripts and stylesheets, to be bundled for an installation.
//
//go:embed *.html *.ts *.css
var Sources embed.FS
