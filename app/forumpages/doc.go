// Package forumpages is the forums on the web: lists, threads, writing,
// moderation and its public log.
//
// A page that only shows is made by one handler for everybody. What a visitor
// sees depends on nobody, so that the page cache may keep it: composers,
// « Modifier » and the buttons of moderators are for those who are logged in.
package forumpages
