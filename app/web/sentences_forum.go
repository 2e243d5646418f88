package web

// forumSentences are the French sentences for the refusals of models/forum.
var forumSentences = map[string]string{}
