package web

// fundingSentences are the French sentences for the refusals of models/funding.
var fundingSentences = map[string]string{}
