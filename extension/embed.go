// Package extension is the browser extension for Chrome and Firefox: the worker that alone holds tokens, the pop-up, the
// settings and the button in Google Calendar, as TypeScript sources that are bundled for the installation's own origin.
// It holds no Go code.
//
// Start reading at messages.ts.
package extension

import "embed"

// Sources are the scripts, the pages, the stylesheets and the words.
//
//go:embed *.ts *.html *.css _locales calendar popup settings
var Sources embed.FS
