package parlor

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// providerDomains are mail services that anybody can open a mailbox at: sharing one of these domains says nothing about two
// people. A name without a dot stands for that name under every public suffix: yahoo is yahoo.com, yahoo.co.jp and yahoo.fr.
// One that is missing here is taken for an organisation: its people then know each other, as far as the guard is concerned.
var providerDomains = strings.Fields(`
	gmail googlemail outlook hotmail live msn passport.com windowslive.com
	yahoo ymail rocketmail aol aim.com verizon.net icloud.com me.com mac.com
	proton.me protonmail pm.me tutanota tuta.com tuta.io tutamail.com keemail.me fastmail fastmail.fm hey.com
	zoho zohomail.com zohomail.eu mail.com email.com usa.com hushmail hush.com mailfence.com startmail.com runbox.com
	gmx web.de t-online.de freenet.de arcor.de posteo mailbox.org vodafone.de online.de 1und1.de
	bluewin.ch hispeed.ch sunrise.ch aon.at chello.at
	orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr
	libero.it virgilio.it alice.it tiscali.it tin.it telefonica.net
	terra.com.br uol.com.br bol.com.br ig.com.br
	btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com
	ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl telenet.be skynet.be
	seznam.cz email.cz centrum.cz wp.pl o2.pl onet.pl interia.pl gazeta.pl freemail.hu citromail.hu abv.bg
	yandex ya.ru mail.ru inbox.ru list.ru bk.ru rambler.ru ukr.net
	qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com
	naver.com daum.net hanmail.net nate.com kakao.com
	docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp nifty.com biglobe.ne.jp
	rediffmail.com comcast.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net
	shaw.ca rogers.com sympatico.ca videotron.ca bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz
`)

// OwnDomain is the domain of a person's address that tells whom they belong to, in lower case; "" where everybody has such
// addresses, and where it is no address.
func OwnDomain(email string) string {
	local, domain, found := strings.Cut(NormalAddress(email), "@")
	if !found || local == "" || isMailProvider(domain) {
		return ""
	}
	return domain
}

func isMailProvider(domain string) bool {
	ending, _ := publicsuffix.PublicSuffix(domain)
	return slices.Contains(providerDomains, domain) || slices.Contains(providerDomains, strings.TrimSuffix(domain, "."+ending))
}
