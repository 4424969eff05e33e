package mail

// wording is what the notices say in one language.
type wording struct {
	why string // how to stop it; the address of the settings follows

	waiting struct{ subject, meeting, bare, guest, somebody, button, why string }

	reconnect struct{ subject, what, safe, button, why string }

	rewritten struct{ subject, what, kept, button, why string }
}

var words = map[string]wording{"en": english(), "de": german(), "es": spanish(), "ja": japanese()}

func english() (w wording) {
	w.why = "You can switch it off in your settings:"
	w.waiting.subject = "Somebody is waiting at your door"
	w.waiting.meeting = "You are not there yet, and somebody is waiting for “%s”:"
	w.waiting.bare = "You are not there yet, and somebody is waiting in front of your personal room:"
	w.waiting.guest, w.waiting.somebody = "%s, since %s", "Somebody without a name"
	w.waiting.button = "Go to your meetings"
	w.waiting.why = "This mail came because a guest began to wait while you were not in the meeting."
	w.reconnect.subject = "%s has to be connected again"
	w.reconnect.what = "%s no longer lets Parlor in. This happens when access was withdrawn or has run out."
	w.reconnect.safe = "Your events and their links stay as they are. New events get no link until you connect it again; that takes a minute."
	w.reconnect.button = "Connect it again"
	w.reconnect.why = "This mail came because a connection ended. It is sent once."
	w.rewritten.subject = "Your events are up to date"
	w.rewritten.what = "The change of your room is done: %d future events carry the new link now."
	w.rewritten.kept = "%d keep the text they had, because a change would have mailed their guests. Their links still lead to you."
	w.rewritten.button = "Look at your meetings"
	w.rewritten.why = "This mail came because you changed your room, and it took a while."
	return w
}

func german() (w wording) {
	w.why = "In den Einstellungen lässt sich das abschalten:"
	w.waiting.subject = "Jemand wartet vor Ihrer Tür"
	w.waiting.meeting = "Sie sind noch nicht da, und zu „%s“ wartet jemand:"
	w.waiting.bare = "Sie sind noch nicht da, und vor Ihrem persönlichen Raum wartet jemand:"
	w.waiting.guest, w.waiting.somebody = "%s, seit %s", "Jemand ohne Namen"
	w.waiting.button = "Zu Ihren Besprechungen"
	w.waiting.why = "Diese Mail kam, weil ein Gast zu warten begann, während Sie nicht in der Besprechung waren."
	w.reconnect.subject = "%s muss neu verbunden werden"
	w.reconnect.what = "%s lässt Parlor nicht mehr ein. Das geschieht, wenn der Zugang entzogen wurde oder abgelaufen ist."
	w.reconnect.safe = "Ihre Termine und deren Links bleiben, wie sie sind. Neue Termine bekommen erst wieder einen Link, wenn Sie neu verbinden; das dauert eine Minute."
	w.reconnect.button = "Neu verbinden"
	w.reconnect.why = "Diese Mail kam, weil eine Verbindung endete. Sie wird einmal geschickt."
	w.rewritten.subject = "Ihre Termine sind auf dem neuesten Stand"
	w.rewritten.what = "Die Änderung Ihres Raums ist fertig: %d künftige Termine tragen jetzt den neuen Link."
	w.rewritten.kept = "%d behalten ihren Text, weil eine Änderung die Gäste angeschrieben hätte. Ihre Links führen weiterhin zu Ihnen."
	w.rewritten.button = "Besprechungen ansehen"
	w.rewritten.why = "Diese Mail kam, weil Sie Ihren Raum geändert haben und das eine Weile gedauert hat."
	return w
}

func spanish() (w wording) {
	w.why = "Puede desactivarlo en su configuración:"
	w.waiting.subject = "Alguien espera ante su puerta"
	w.waiting.meeting = "Usted aún no ha llegado y alguien espera para «%s»:"
	w.waiting.bare = "Usted aún no ha llegado y alguien espera ante su sala personal:"
	w.waiting.guest, w.waiting.somebody = "%s, desde las %s", "Alguien sin nombre"
	w.waiting.button = "Ir a sus reuniones"
	w.waiting.why = "Recibe este correo porque un invitado empezó a esperar mientras usted no estaba en la reunión."
	w.reconnect.subject = "Hay que volver a conectar %s"
	w.reconnect.what = "%s ya no deja entrar a Parlor. Ocurre cuando el acceso se retiró o ha caducado."
	w.reconnect.safe = "Sus eventos y sus enlaces siguen como están. Los eventos nuevos no tendrán enlace hasta que vuelva a conectarlo; es cosa de un minuto."
	w.reconnect.button = "Volver a conectar"
	w.reconnect.why = "Recibe este correo porque una conexión ha terminado. Se envía una sola vez."
	w.rewritten.subject = "Sus eventos están al día"
	w.rewritten.what = "El cambio de su sala ha terminado: %d eventos futuros llevan ya el enlace nuevo."
	w.rewritten.kept = "%d conservan su texto, porque un cambio habría enviado correo a los invitados. Sus enlaces siguen llevando a usted."
	w.rewritten.button = "Ver sus reuniones"
	w.rewritten.why = "Recibe este correo porque cambió su sala y llevó un rato."
	return w
}

func japanese() (w wording) {
	w.why = "設定で停止できます："
	w.waiting.subject = "入室を待っている方がいます"
	w.waiting.meeting = "まだ入室されていませんが、「%s」で待っている方がいます："
	w.waiting.bare = "まだ入室されていませんが、個人ルームの前で待っている方がいます："
	w.waiting.guest, w.waiting.somebody = "%s（%sから）", "名前のない方"
	w.waiting.button = "ミーティングを開く"
	w.waiting.why = "主催者が不在の間にゲストが待ち始めたため、このメールをお送りしました。"
	w.reconnect.subject = "%sの再接続が必要です"
	w.reconnect.what = "%sに接続できなくなりました。アクセス許可の取り消しや期限切れが原因です。"
	w.reconnect.safe = "予定とリンクはそのまま残ります。再接続するまで、新しい予定にはリンクが付きません。再接続は一分ほどで終わります。"
	w.reconnect.button = "再接続する"
	w.reconnect.why = "接続が終了したため、このメールをお送りしました。送信は一度だけです。"
	w.rewritten.subject = "予定の更新が完了しました"
	w.rewritten.what = "ルームの変更が完了しました。今後の予定%d件に新しいリンクが入りました。"
	w.rewritten.kept = "%d件は、変更するとゲストにメールが届くため、元の文面のままです。リンクは引き続き有効です。"
	w.rewritten.button = "ミーティングを見る"
	w.rewritten.why = "ルームの変更に時間がかかったため、このメールをお送りしました。"
	return w
}
