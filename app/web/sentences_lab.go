package web

// labSentences are the French sentences for the refusals of models/lab.
var labSentences = map[string]string{}
