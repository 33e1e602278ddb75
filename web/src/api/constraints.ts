// Generated from openapi.yaml by `npm run contract`; not edited by hand.
export const constraints = {
 "ApiKeyCreate": {
  "expires_at": {
   "required": false,
   "format": "date-time"
  },
  "name": {
   "required": true,
   "minLength": 1,
   "maxLength": 128,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*[^\\\\\\s\\u0000-\\u001f\\u007f-\\u009f][^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "networks": {
   "required": false,
   "maxItems": 32,
   "items": {
    "maxLength": 49,
    "pattern": "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}(/(3[0-2]|[12]?[0-9]))?|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|:(:[0-9A-Fa-f]{1,4}){1,7}|::|([0-9A-Fa-f]{1,4}:){1}(:[0-9A-Fa-f]{1,4}){1,6}|([0-9A-Fa-f]{1,4}:){2}(:[0-9A-Fa-f]{1,4}){1,5}|([0-9A-Fa-f]{1,4}:){3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){6}(:[0-9A-Fa-f]{1,4}){1,1})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$"
   }
  },
  "role": {
   "required": true,
   "enum": [
    "lecture",
    "modification"
   ]
  },
  "scope": {
   "required": false,
   "enum": [
    "read",
    "search"
   ]
  }
 },
 "PasswordUpdate": {
  "current_password": {
   "required": true,
   "minLength": 1,
   "maxLength": 128,
   "format": "password"
  },
  "new_password": {
   "required": true,
   "minLength": 12,
   "maxLength": 128,
   "format": "password"
  }
 },
 "PatientCreate": {
  "address": {
   "required": false,
   "maxLength": 255,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "birth_date": {
   "required": false,
   "pattern": "^(1[89]|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
   "format": "date"
  },
  "birth_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "comments": {
   "required": false,
   "maxLength": 10240,
   "pattern": "^[^\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f]*$"
  },
  "family_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "given_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "ideographic_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}$"
  },
  "issuer_of_patient_id": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "middle_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "name_prefix": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "name_suffix": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "patient_id": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "phonetic_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}$"
  },
  "sex": {
   "required": false,
   "enum": [
    "M",
    "F",
    "O"
   ]
  },
  "telephone_number": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  }
 },
 "SecondFactorCreate": {
  "password": {
   "required": true,
   "minLength": 1,
   "maxLength": 128,
   "format": "password"
  }
 },
 "StudyCreate": {
  "accession_number": {
   "required": false,
   "maxLength": 16,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "comments": {
   "required": false,
   "maxLength": 10240,
   "pattern": "^[^\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f]*$"
  },
  "institution_name": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "modalities_in_study": {
   "required": false,
   "maxItems": 32,
   "items": {
    "minLength": 1,
    "maxLength": 16,
    "pattern": "^ *[A-Z0-9_][A-Z0-9 _]*$"
   }
  },
  "name_of_physicians_reading_study": {
   "required": false,
   "maxLength": 194,
   "pattern": "^(?=[^=]{0,64}(=[^=]{0,64}){0,2}$)[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}(=[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}){0,2}$"
  },
  "number_of_study_related_instances": {
   "required": false,
   "minimum": 0,
   "maximum": 2147483647,
   "format": "int64"
  },
  "number_of_study_related_series": {
   "required": false,
   "minimum": 0,
   "maximum": 2147483647,
   "format": "int64"
  },
  "patient_fk": {
   "required": true,
   "minimum": 1,
   "format": "int64"
  },
  "referring_physician_name": {
   "required": false,
   "maxLength": 194,
   "pattern": "^(?=[^=]{0,64}(=[^=]{0,64}){0,2}$)[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}(=[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*(\\^[^\\\\^=\\u0000-\\u001f\\u007f-\\u009f]*){0,4}){0,2}$"
  },
  "status": {
   "required": false,
   "enum": [
    "registered",
    "available",
    "cancelled",
    "entered-in-error",
    "unknown"
   ]
  },
  "study_date": {
   "required": false,
   "pattern": "^(1[89]|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
   "format": "date"
  },
  "study_description": {
   "required": false,
   "maxLength": 64,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "study_id": {
   "required": false,
   "maxLength": 16,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "study_instance_uid": {
   "required": false,
   "maxLength": 64,
   "pattern": "^(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))*$"
  },
  "study_time": {
   "required": false,
   "maxLength": 15,
   "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?$"
  }
 },
 "UserCreate": {
  "display_name": {
   "required": false,
   "maxLength": 128,
   "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]*$"
  },
  "password": {
   "required": false,
   "minLength": 12,
   "maxLength": 128,
   "format": "password"
  },
  "role": {
   "required": true,
   "enum": [
    "lecture",
    "modification",
    "admin"
   ]
  },
  "username": {
   "required": true,
   "minLength": 1,
   "maxLength": 64,
   "pattern": "^[A-Za-z0-9][A-Za-z0-9._@+-]*$"
  }
 }
} as const;
