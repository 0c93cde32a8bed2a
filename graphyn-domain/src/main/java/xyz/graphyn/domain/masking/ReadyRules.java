package xyz.graphyn.domain.masking;

import java.util.Map;

/**
 * The rules of one organization, made ready to search by.
 *
 * @param known what names of members say, remembered across documents; nothing is found in them
 */
record ReadyRules(DetectionRules rules, Recognizer recognizer, FieldPaths fields, Map<String, JsonSearch.Name> known) {}
