package web

// routes are pages that need somebody who is signed in, by pattern of http.ServeMux.
type routes map[string]func(*visit) error

func (s *site) profileRoutes() routes {
	return routes{
		"GET /profile":              s.profile,
		"GET /profile/room":         s.editProfile,
		"POST /profile/room":        s.saveProfile,
		"POST /profile/room/check":  s.checkProfile,
		"POST /profile/room/change": s.changeProfile,
		"GET /profile/progress":     s.progress,
		"POST /profile/feeds":       s.makeFeed,
		"POST /profile/feeds/end":   s.endFeed,
		"POST /profile/undo":        s.undoRoom,
		"GET /profile/grace":        s.askEndGrace,
		"POST /profile/grace":       s.endGrace,
	}
}

func (s *site) meetingRoutes() routes {
	return routes{
		"GET /start":                            s.newMeeting,
		"POST /start":                           s.start,
		"GET /start/{number}":                   s.started,
		"GET /meetings":                         s.meetings,
		"GET /meetings/past":                    s.past,
		"GET /meetings/room":                    s.room,
		"GET /meetings/room/waiting":            s.tellWaiting,
		"POST /meetings/room/lock":              s.lockRoom,
		"GET /meetings/new":                     s.schedule,
		"POST /meetings/new":                    s.saveSchedule,
		"POST /meetings/new/check":              s.checkSchedule,
		"GET /meetings/{number}":                s.meeting,
		"GET /meetings/{number}/event":          s.openEvent,
		"GET /meetings/{number}/invitation.ics": s.invitationFile,
		"POST /meetings/{number}/room":          s.switchMeeting,
		"GET /meetings/{number}/remove":         s.askRemove,
		"POST /meetings/{number}/remove":        s.remove,
	}
}

func (s *site) settingsRoutes() routes {
	return routes{
		"GET /settings":                   s.settings,
		"POST /settings":                  s.saveSettings,
		"GET /settings/apply":             s.askApply,
		"POST /settings/apply":            s.apply,
		"POST /settings/delegates":        s.addDelegate,
		"POST /settings/delegates/remove": s.removeDelegate,
		"GET /settings/people":            s.people,
		"POST /settings/people":           s.addPerson,
		"POST /settings/people/remove":    s.removePerson,
		"POST /settings/people/restore":   s.restorePerson,
		"GET /calendars":                  s.calendars,
		"POST /calendars/switch":          s.switchCalendar,
		"POST /calendars/sync":            s.syncCalendar,
		"GET /connect/caldav":             s.showConnect,
		"POST /connect/caldav":            s.connectByPassword,
	}
}

func (s *site) otherRoutes() routes {
	return routes{
		"GET /activity":            s.activity,
		"GET /apps":                s.apps,
		"GET /devices":             s.devices,
		"POST /devices/end":        s.endDevice,
		"POST /devices/end-others": s.endOtherDevices,
	}
}
